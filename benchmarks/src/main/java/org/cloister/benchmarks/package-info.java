/** Measures Cloister's allocation engine: benchmarks, and the replay of job traces. */
package org.cloister.benchmarks;
