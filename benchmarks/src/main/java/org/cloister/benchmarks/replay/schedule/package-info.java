/** Who waits for what: the queue, hosts and links that are free, and the clock of a replay. */
package org.cloister.benchmarks.replay.schedule;
