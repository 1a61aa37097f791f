/**
 * The shell. {@code cloister:switches} and {@code circuits} show; {@code circuit-connect}, {@code circuit-disconnect} do
 * what HTTP does; {@code circuit-unquarantine} is the shell's alone.
 *
 * <p>With {@code --json} each prints what HTTP answers for the same question. What a person reads is made by functions
 * of the values ({@code …Report}); commands fetch and print. A command fails where it cannot say what was asked of it.
 */
package org.cloister.ocs.cli;
