// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.local;

/**
 * Names work of this process.
 *
 * @param service the name that rules match as the called service
 * @param operation what it does, such as the name of a method; rules match it as a path
 * with a slash before it
 */
public record LocalWork(String service, String operation) {
}
