// Every bare import of core resolves here, and this is no module: `import 'react'` fails to compile (TS2306).
