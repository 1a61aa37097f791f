/**
 * Files that a replay reads and writes: fabrics in JSON, traces in CSV. Whatever is wrong in one is told with the file,
 * the line and the field.
 */
package org.cloister.benchmarks.replay.files;
