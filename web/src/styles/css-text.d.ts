// A style sheet imported with "?text" is its minified text (see build.mjs).

declare module '*.css?text' {
  const text: string;
  export default text;
}
