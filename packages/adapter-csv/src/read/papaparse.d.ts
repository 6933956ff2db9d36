// Its own types (@types/papaparse) bring the globals of Node and the DOM along; what is used of it is typed in papaparse.ts.
declare module 'papaparse' {
  const Papa: { readonly Parser: unknown }
  export default Papa
}
