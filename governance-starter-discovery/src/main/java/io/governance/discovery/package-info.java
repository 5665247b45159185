// SPDX-License-Identifier: Apache-2.0

/**
 * The instances of the services that this process calls: immutable views that a source
 * keeps fresh and that stay when the registry is away, and the choice of an instance for
 * each attempt.
 */
@NullMarked
package io.governance.discovery;

import org.jspecify.annotations.NullMarked;
