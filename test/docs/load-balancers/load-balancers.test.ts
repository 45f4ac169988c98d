import { isGenerated } from '../generated';
import { loadBalancersPage } from './page';

describe('the page of the load balancers', () => {
  isGenerated('docs/load-balancers.md', loadBalancersPage(), 'npm run load-balancers');
});
