import { eksServiceSelector as check } from '../../lib/checks/eks-service-selector';
import { foundIn } from './found';

it('is about clusters whose engine is known to be that of EKS', () => {
  expect(foundIn(check, check.avoid)).toEqual([]);
});
