// SPDX-License-Identifier: Apache-2.0

/**
 * What a config server served, as an immutable value; the one reference to the value in
 * force, with property sources that are fixed views on it; and the two places it comes
 * from, the server and the last-known-good file.
 */
@NullMarked
package io.governance.config.remote;

import org.jspecify.annotations.NullMarked;
