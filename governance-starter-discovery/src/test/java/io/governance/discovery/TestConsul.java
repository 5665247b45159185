// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

/**
 * A Consul that a test may stop, and start again empty on the same port.
 */
public interface TestConsul extends AutoCloseable {

	int port();

	void stop();

	void start();

	@Override
	void close();

}
