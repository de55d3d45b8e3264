/** A tree of our own making: invented people, the grammar of the Xen file. */
export const XEN_TEXT = `List of maintainers

Explanation that is indented
	M: is no property here

ALPHA SUBSYSTEM
M:	Ann Alpha <ann@example.org>
M:	"Bo, Alpha" <bo@example.org>
R:	Cy Reviewer <cy@example.org>
L:	alpha@lists.example.org (moderated for non-subscribers)
S:	Supported
F:	xen/alpha/
X:	xen/alpha/old/
F:	xen/include/{alpha,beta}.h

BETA DRIVER WITH A LONG TITLE
M:	Dé Beta <de@example.org>
S:	Odd Fixes
F:	xen/alpha/beta*.c
K:	beta_(start|stop)

GAMMA
R:	Ed Gamma <ed@example.org>
S:	Maintained
F:	tools/gamma
N:	gamma[^/]*\\.ml$

THE REST
M:	Flo Rest <flo@example.org>
M:	Gus Rest <gus@example.org>
L:	devel@lists.example.org
S:	Supported
F:	*
F:	*/
V:	xen-maintainers-1
`;

export const XEN_DIRECTORIES = new Set(['tools/gamma', 'xen', 'xen/alpha']);
