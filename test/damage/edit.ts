/** One change of manifests, in place. */
export type Edit = () => void;
