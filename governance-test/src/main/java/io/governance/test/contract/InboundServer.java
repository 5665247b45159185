// SPDX-License-Identifier: Apache-2.0

package io.governance.test.contract;

import io.governance.engine.PolicyEngine;

/**
 * A running server of the application that {@link InboundContract} describes.
 *
 * @param port where it listens
 * @param engine its engine
 * @param closer stops it
 */
public record InboundServer(int port, PolicyEngine engine, Runnable closer) implements AutoCloseable {

	@Override
	public void close() {
		this.closer.run();
	}

}
