# heddle as one process: node, git (for public-inbox archives), the built program and its data. The store lies in /data.
FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build && mkdir -p prompts && npm prune --omit=dev --ignore-scripts

FROM node:20-bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends git ca-certificates \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/src/web/assets ./src/web/assets
COPY --from=build /app/data ./data
COPY --from=build /app/prompts ./prompts
COPY --from=build /app/examples ./examples
RUN ln -s /app/dist/src/cli/main.js /usr/local/bin/heddle && chmod +x /app/dist/src/cli/main.js \
 && install -d -o node -g node /data
USER node
ENV HEDDLE_STORE=/data/heddle.db HEDDLE_LLM_FOLDER=/data/llm NODE_ENV=production
VOLUME /data
ENTRYPOINT ["heddle"]
CMD ["--help"]
