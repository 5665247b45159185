// SPDX-License-Identifier: Apache-2.0

/**
 * Cheap load on a server of the loopback interface: many different requests on few
 * connections.
 */
@NullMarked
package io.governance.test.load;

import org.jspecify.annotations.NullMarked;
