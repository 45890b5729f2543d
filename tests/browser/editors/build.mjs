// One bundle for each editor, built where the packages lie.
import { build } from 'esbuild';

await build({
  entryPoints: ['src/page.js'], outdir: 'node_modules/.built', bundle: true, format: 'esm', target: 'es2022', minify: true, logLevel: 'error',
  define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' }, loader: { '.svg': 'text', '.css': 'empty' },
});
