// SPDX-License-Identifier: Apache-2.0

package io.governance.config.remote;

/**
 * The config server is there and does not serve: a file is broken, or it does not let
 * this service in. Asking again at once does not help.
 */
public final class ConfigRefusedException extends Exception {

	ConfigRefusedException(String message) {
		super(message);
	}

}
