// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.kv;

/**
 * One entry.
 *
 * @param key its full path
 * @param value the bytes in base64, as they travel in JSON; empty for no bytes
 * @param flags a number of the client's, unsigned
 * @param createIndex index of its creation
 * @param modifyIndex index of its last change
 */
public record KeyValue(String key, String value, long flags, long createIndex, long modifyIndex) {

	boolean holds(String value, long flags) {
		return this.value.equals(value) && this.flags == flags;
	}

}
