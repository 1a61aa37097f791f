/**
 * The shell. {@code cloister:fabric}, {@code slices}, {@code slice}, {@code routes}, {@code drains} show, {@code plan}
 * what would be; {@code slice-create}, {@code slice-remove}, {@code drain}, {@code undrain} do what HTTP does;
 * {@code verify} compares with the switches; {@code purge} and {@code resume} are the administrator's alone.
 *
 * <p>With {@code --json} each prints what HTTP answers for the same question. What a person reads is made by functions
 * of the values ({@code …Report}); commands fetch and print. A command fails where it cannot say what was asked of it.
 */
package org.cloister.isolation.cli;
