// SPDX-License-Identifier: Apache-2.0

/**
 * How this service stands with its config server, for people and for alerts.
 */
@NullMarked
package io.governance.config.actuate;

import org.jspecify.annotations.NullMarked;
