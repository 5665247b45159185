// SPDX-License-Identifier: Apache-2.0

package io.governance.configserver.watch;

/**
 * The answer to a watch request.
 *
 * @param application the service, as asked
 * @param profile its profiles, as asked
 * @param revision the revision it would be served now
 */
record RevisionAnswer(String application, String profile, String revision) {

}
