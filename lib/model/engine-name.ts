/** The policy engines that graphs are rendered for. */
export const ENGINE_NAMES = ['kubernetes', 'cilium', 'calico', 'antrea', 'cluster-network-policy'] as const;

export type EngineName = (typeof ENGINE_NAMES)[number];
