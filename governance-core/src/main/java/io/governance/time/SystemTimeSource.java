// SPDX-License-Identifier: Apache-2.0

package io.governance.time;

/**
 * The one class that reads the system's clock.
 */
enum SystemTimeSource implements TimeSource {

	INSTANCE;

	@Override
	public long nanoTime() {
		return System.nanoTime();
	}

	@Override
	public long epochMillis() {
		return System.currentTimeMillis();
	}

}
