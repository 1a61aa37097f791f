/**
 * How fast jobs communicate that share links: max-min fair rates of the flows of the steps that are active, where a
 * step ends with its slowest flow.
 */
package org.cloister.benchmarks.replay.network;
