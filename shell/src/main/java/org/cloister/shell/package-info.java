/** What Cloister's commands share: tables, options behind arguments, waits. Bundles with commands embed it. */
package org.cloister.shell;
