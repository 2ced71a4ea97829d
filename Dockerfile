# For linux/amd64, linux/arm64 and linux/arm/v7 (a Raspberry Pi 3 or later). Node 24 is not made for 32-bit ARM any more: a
# platform that has a variant, as v7, gets 22.
ARG NODE=${TARGETVARIANT:+22}
ARG BUILD_NODE=${BUILDVARIANT:+22}

# Runs on the machine that builds, whatever it builds for: a compiler in an emulated Pi takes half an hour.
FROM --platform=$BUILDPLATFORM node:${BUILD_NODE:-24}-bookworm-slim AS build
ARG TARGETARCH
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY packaging ./packaging
COPY src ./src
COPY rules ./rules
COPY licenses ./licenses
# The modules that run are those of the image's own machine (sharp, lmdb); npm calls it otherwise than Docker.
RUN npm run build && rm -r node_modules \
 && case "${TARGETARCH:-$(dpkg --print-architecture)}" in amd64) cpu=x64 ;; arm64) cpu=arm64 ;; arm*) cpu=arm ;; esac \
 && npm ci --omit=dev --ignore-scripts --no-audit --no-fund --os=linux --cpu=$cpu --libc=glibc \
 && npm run -s licenses > THIRD-PARTY-LICENSES \
 && find dist -name '*.map' -delete

FROM node:${NODE:-24}-bookworm-slim
LABEL org.opencontainers.image.title="Retrograde" \
  org.opencontainers.image.description="An HTTP proxy that lets retro machines browse today's web" \
  org.opencontainers.image.source="https://github.com/retrograde-proxy/retrograde" \
  org.opencontainers.image.documentation="https://github.com/retrograde-proxy/retrograde/blob/main/docs/install/docker.md" \
  org.opencontainers.image.licenses="MIT"
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
# So that "docker compose exec retrograde retrograde doctor" is what the documents say it is.
RUN ln -s /app/dist/retrograde.cjs /usr/local/bin/retrograde && chmod 755 dist/retrograde.cjs
USER node
VOLUME /data
EXPOSE 8080
# Starting Node takes a Raspberry Pi 3 some two seconds: so not twice a minute, and not with five seconds to answer.
HEALTHCHECK --interval=60s --timeout=20s --start-period=60s \
  CMD ["node", "dist/retrograde.cjs", "health"]
CMD ["node", "dist/retrograde.cjs", "serve"]
