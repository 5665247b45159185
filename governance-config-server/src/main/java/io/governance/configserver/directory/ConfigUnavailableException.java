// SPDX-License-Identifier: Apache-2.0

package io.governance.configserver.directory;

/**
 * Nothing can be served now; the same request may succeed later.
 */
public final class ConfigUnavailableException extends RuntimeException {

	ConfigUnavailableException(String message) {
		super(message);
	}

}
