/** Rules of placement that Cloister is measured against. */
package org.cloister.benchmarks.placement;
