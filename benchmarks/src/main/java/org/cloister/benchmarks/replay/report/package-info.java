/** What came of a replay: as a table, as a picture, as JSON and as CSV. */
package org.cloister.benchmarks.replay.report;
