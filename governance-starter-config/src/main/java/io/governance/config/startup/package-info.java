// SPDX-License-Identifier: Apache-2.0

/**
 * What happens before there is an application context: our defaults, and the import of
 * {@code configserver:}, which puts views on the served set into the environment and
 * starts from the last-known-good file when the server is away.
 */
@NullMarked
package io.governance.config.startup;

import org.jspecify.annotations.NullMarked;
