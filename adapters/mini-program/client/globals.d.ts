/** Scheme and host of the city's own server, without a slash at its end; written in by `npm run build:mini-program`. */
declare const __SERVER__: string;
