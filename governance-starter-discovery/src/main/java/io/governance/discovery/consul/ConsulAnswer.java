// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

/**
 * A successful answer.
 *
 * @param value what was asked for
 * @param index the value of {@code X-Consul-Index}; 0 where there is none
 * @param <T> the type of the value
 */
record ConsulAnswer<T>(T value, long index) {

}
