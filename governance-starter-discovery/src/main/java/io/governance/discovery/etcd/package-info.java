// SPDX-License-Identifier: Apache-2.0

/**
 * etcd as a registry: one key per instance under a prefix, which lives as long as a lease
 * that its process keeps alive; and watches on the keys of the services in use.
 */
@NullMarked
package io.governance.discovery.etcd;

import org.jspecify.annotations.NullMarked;
