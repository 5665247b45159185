// SPDX-License-Identifier: Apache-2.0

/**
 * Remote configuration that is taken whole or not at all. This package holds the
 * settings.
 */
@NullMarked
package io.governance.config;

import org.jspecify.annotations.NullMarked;
