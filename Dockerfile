FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY packaging ./packaging
COPY src ./src
COPY rules ./rules
RUN npm run build && npm prune --omit=dev --no-audit --no-fund
COPY licenses ./licenses
RUN npm run -s licenses > THIRD-PARTY-LICENSES

FROM node:24-bookworm-slim
# Fonts for the text of SVG images.
RUN apt-get update \
 && apt-get install -y --no-install-recommends fontconfig fonts-dejavu-core \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/apt /var/log/dpkg.log \
 && mkdir /data && chown node:node /data
# DNS look-ups share libuv's threads with file access: four of them are soon busy. Image conversion in several threads
# leaves glibc's many arenas half empty: with two the process stays a quarter smaller.
ENV NODE_ENV=production RETROGRADE_DATA_DIR=/data MALLOC_ARENA_MAX=2
WORKDIR /app
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/THIRD-PARTY-LICENSES ./
COPY rules ./rules
COPY package.json LICENSE ./
USER node
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s \
  CMD ["node", "dist/retrograde.cjs", "health"]
CMD ["node", "dist/retrograde.cjs", "serve"]
