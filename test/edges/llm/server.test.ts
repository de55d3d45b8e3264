/** The suite against a server needs no installed one: it runs here too. */
import '../../services/llm.test.ts';
