// Starts the built demo: `pnpm build` first. HOST and PORT choose the address (default 127.0.0.1:4173, 0 = any free port).
import './dist/server/main.js'
