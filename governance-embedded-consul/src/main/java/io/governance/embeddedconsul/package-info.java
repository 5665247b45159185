// SPDX-License-Identifier: Apache-2.0

/**
 * A small registry that speaks the part of Consul's HTTP API that service discovery and
 * configuration need: for development, tests and one machine. Registrations live in
 * memory, key/values optionally in a snapshot file.
 */
@NullMarked
package io.governance.embeddedconsul;

import org.jspecify.annotations.NullMarked;
