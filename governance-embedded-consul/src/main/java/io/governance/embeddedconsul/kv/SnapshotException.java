// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.kv;

/**
 * The snapshot file cannot be read or written. The message names the file and what was
 * expected of it.
 */
public final class SnapshotException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	SnapshotException(String message, Exception cause) {
		super(message, cause);
	}

}
