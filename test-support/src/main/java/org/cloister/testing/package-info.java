/** What tests of several modules share. Nothing of it is in the .oar. */
package org.cloister.testing;
