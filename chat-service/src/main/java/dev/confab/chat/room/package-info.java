/**
 * What people do with each other in rooms: whom a message addresses by name, who of the assistants
 * answers it, reactions, invitations and roles.
 *
 * <p>What strangers ask is refused with {@code NOT_FOUND}; of an invitation they learn the room's
 * title and size.
 */
package dev.confab.chat.room;
