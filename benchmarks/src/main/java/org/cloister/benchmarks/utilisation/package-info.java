/** How full a fabric gets under a rule of placement, with the tenants of LaaS. */
package org.cloister.benchmarks.utilisation;
