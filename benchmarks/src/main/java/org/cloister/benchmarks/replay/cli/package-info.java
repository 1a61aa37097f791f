/** The command {@code bin/replay}. */
package org.cloister.benchmarks.replay.cli;
