/** What jobs do: how they alternate between computing and communicating, and in which steps they communicate. */
package org.cloister.benchmarks.replay.job;
