/** Text for terminals. */
package org.cloister.benchmarks.text;
