/**
 * The shell: {@code cloister:fabric}, {@code cloister:slices}, {@code cloister:slice ID} and {@code cloister:routes ID}.
 *
 * <p>With {@code --json} each prints what HTTP answers for the same question. What a person reads is made by functions
 * of the values ({@code …Report}); commands fetch and print.
 */
package org.cloister.isolation.cli;
