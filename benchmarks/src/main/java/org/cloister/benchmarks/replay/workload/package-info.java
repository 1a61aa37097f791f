/** Generates the workloads that were published with the systems to compare with. */
package org.cloister.benchmarks.replay.workload;
