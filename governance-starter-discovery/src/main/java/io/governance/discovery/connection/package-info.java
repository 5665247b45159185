// SPDX-License-Identifier: Apache-2.0

/**
 * The connections to called services: how long they take to make, how long they are kept,
 * how many there are. Clients keep their own pools and whatever their users gave them;
 * this package gives those pools bounds, and limits the ones that have none.
 */
@NullMarked
package io.governance.discovery.connection;

import org.jspecify.annotations.NullMarked;
