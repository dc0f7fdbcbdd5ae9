# syntax=docker/dockerfile:1
# One image for every role, for amd64 and arm64: docker buildx build --platform linux/amd64,linux/arm64 .
FROM node:24.21.0-slim AS base
WORKDIR /app

FROM base AS dependencies
COPY package.json package-lock.json .npmrc ./
# The native packages bring their binaries for both processors along: no script of theirs has to run, and no compiler is needed.
RUN npm ci --omit=dev --ignore-scripts

FROM base AS build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY src src
COPY web web
RUN npm run build

FROM base
# Serial ports belong to the group dialout. A numeric user is one that Kubernetes can see is not root.
RUN useradd --uid 10001 --user-group --groups dialout --home-dir /data --no-create-home --shell /usr/sbin/nologin simloft \
  && install --directory --owner=simloft --group=simloft --mode=0700 /data
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json LICENSE ./
COPY bin bin
COPY deploy/health-check deploy/health-check
# The file system is read-only, and what was built needs no TypeScript: there is nothing worth keeping.
ENV NODE_ENV=production NODE_DISABLE_COMPILE_CACHE=1 DATA_DIR=/data
USER 10001
EXPOSE 8080 9464
HEALTHCHECK --interval=30s --timeout=6s --start-period=60s CMD ["/app/deploy/health-check"]
ENTRYPOINT ["/app/bin/simloft"]
CMD ["start"]
