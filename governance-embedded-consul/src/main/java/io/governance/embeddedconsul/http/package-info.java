// SPDX-License-Identifier: Apache-2.0

/**
 * The HTTP side: requests in, Consul's JSON out. Knows the shapes, decides nothing.
 */
@NullMarked
package io.governance.embeddedconsul.http;

import org.jspecify.annotations.NullMarked;
