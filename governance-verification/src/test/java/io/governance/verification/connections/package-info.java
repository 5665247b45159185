// SPDX-License-Identifier: Apache-2.0

/**
 * Connections to called services, with all clients and all starters.
 */
@NullMarked
package io.governance.verification.connections;

import org.jspecify.annotations.NullMarked;
