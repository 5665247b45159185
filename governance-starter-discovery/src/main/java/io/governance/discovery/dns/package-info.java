// SPDX-License-Identifier: Apache-2.0

/**
 * DNS as a source of instances: addresses with a configured port, or SRV records, asked
 * again when their time to live is over. A name that is not there, and a server that does
 * not answer, are failures and never an empty list.
 */
@NullMarked
package io.governance.discovery.dns;

import org.jspecify.annotations.NullMarked;
