// SPDX-License-Identifier: Apache-2.0

/**
 * Health checks that the registry makes itself: HTTP, TCP and gRPC.
 */
@NullMarked
package io.governance.embeddedconsul.probe;

import org.jspecify.annotations.NullMarked;
